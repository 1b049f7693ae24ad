/** Forms of django/contrib/auth/forms.py that take a password, by class name. */
export const PASSWORD_FORMS: ReadonlySet<string> = new Set([
  "AuthenticationForm",
  "AdminAuthenticationForm",
  "BaseUserCreationForm",
  "UserCreationForm",
  "AdminUserCreationForm",
  "SetPasswordForm",
  "PasswordChangeForm",
  "AdminPasswordChangeForm",
]);

/** Classes from which forms derive without taking over a field (django/forms, rest_framework). */
export const PLAIN_FORM_BASES: ReadonlySet<string> = new Set([
  "Form",
  "BaseForm",
  "ModelForm",
  "Serializer",
  "ModelSerializer",
  "HyperlinkedModelSerializer",
  "object",
]);
