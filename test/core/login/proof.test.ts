import { describe, expect, it } from "vitest";
import { loginFacts } from "../../../src/core/login/login-facts.js";
import { openText } from "../session/open-text.js";

const IMPORTS = `from django.shortcuts import redirect, render
from . import models
from .models import *
`;

function unrotated(text: string): string[] {
  return loginFacts(openText(IMPORTS + text))
    .sinks.filter((sink) => sink.claimed && !sink.rotated)
    .map((sink) => sink.write.key);
}

const LOGINS: readonly (readonly [string, string])[] = [
  [
    "a key that says nothing, in pinyin",
    `
def denglu(request):
    mingzi = request.POST.get("yonghuming")
    mima = request.POST.get("mima")
    duixiang = models.YongHu.objects.filter(yonghuming=mingzi, mima=mima).first()
    if duixiang:
        request.session["info"] = duixiang.yonghuming
        return redirect("/home/")
    return render(request, "login.html")
`,
  ],
  [
    "a mapping of the record",
    `
def login(request):
    username = request.POST.get("username")
    pwd = request.POST.get("pwd")
    user = models.UserInfo.objects.filter(username=username, password=pwd).first()
    if user:
        request.session["info"] = {"id": user.id, "name": user.username}
        return redirect("/home/")
    return render(request, "login.html")
`,
  ],
  [
    "the name that was asked for with the password",
    `
def authenticate(request):
    n = request.POST['username']
    p = request.POST['password']
    found = users.objects.filter(username=n, password=p)
    if len(found) == 1:
        request.session['login_username'] = n
        return JsonResponse({"status": 0})
    return JsonResponse({"status": 1})
`,
  ],
  [
    "a flag in Portuguese",
    `
def logar(request):
    u = Funcionario.objects.get(matricula=request.POST['matricula'])
    if u.senha == request.POST['senha']:
        request.session['logado'] = True
        request.session['funcionario'] = u.matricula
        return redirect('inicio')
    return render(request, 'logar.html')
`,
  ],
  [
    "a comparison in French",
    `
def connexion(request):
    mdp = request.POST['mdp']
    membre = Membre.objects.get(pseudo=request.POST['pseudo'])
    if membre.mot_de_passe == mdp:
        request.session['membre'] = membre.pk
        return redirect('accueil')
    return render(request, 'connexion.html')
`,
  ],
  [
    "a comparison in German",
    `
def anmelden(request):
    kunde = Kunde.objects.get(email=request.POST['email'])
    if kunde.passwort == request.POST['passwort']:
        request.session['kunde_id'] = kunde.id
        return redirect('start')
    return render(request, 'anmelden.html')
`,
  ],
  [
    "the first of the records",
    `
def login(request):
    kaiin = Kaiin.objects.filter(mail=request.POST['mail'], password=request.POST['password'])
    if kaiin.exists():
        request.session['kaiin_no'] = kaiin[0].no
        return redirect('top')
    return render(request, 'login.html')
`,
  ],
  [
    "a key in Turkish",
    `
def giris(request):
    uye = Uye.objects.filter(eposta=request.POST['eposta'], sifre=request.POST['sifre']).first()
    if uye:
        request.session['uye_id'] = uye.id
        return redirect('anasayfa')
    return render(request, 'giris.html')
`,
  ],
  [
    "a key in Russian",
    `
def vhod(request):
    polzovatel = Polzovatel.objects.filter(login=request.POST['login'], parol=request.POST['parol']).first()
    if polzovatel is not None:
        request.session['polzovatel_id'] = polzovatel.id
        return redirect('glavnaya')
    return render(request, 'vhod.html')
`,
  ],
  [
    "a key in Indonesian",
    `
def masuk(request):
    akun = Akun.objects.filter(nama=request.POST['nama'], kata_sandi=request.POST['kata_sandi']).first()
    if akun:
        request.session['akun'] = akun.id
        return redirect('beranda')
    return render(request, 'masuk.html')
`,
  ],
  [
    "a key in Vietnamese",
    `
def dangnhap(request):
    kh = KhachHang.objects.filter(taikhoan=request.POST['taikhoan'], matkhau=request.POST['matkhau']).first()
    if kh:
        request.session['khachhang'] = kh.id
        return redirect('trangchu')
    return render(request, 'dangnhap.html')
`,
  ],
  [
    "a row that SQL found by the password",
    `
from django.db import connection
def login(request):
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM users WHERE name=%s AND password=%s", [request.POST['n'], request.POST['p']])
    row = cursor.fetchone()
    if row:
        request.session['name'] = row[1]
        return redirect('home')
    return render(request, 'login.html')
`,
  ],
  [
    "a walk through all accounts",
    `
def login(request):
    for u in User.objects.all():
        if u.email == request.POST['email'] and u.password == request.POST['pass']:
            request.session['email'] = u.email
            return redirect('home')
    return render(request, 'login.html')
`,
  ],
  [
    "an address of several parts",
    `
import requests
def login_view(request):
    r = requests.post(API + '/auth/login', json={'email': request.POST['email'], 'password': request.POST['password']})
    data = r.json()
    if 'token' in data:
        request.session['token'] = data['token']
        request.session['user'] = data['user']
        return redirect('/')
    return render(request, 'login.html')
`,
  ],
  [
    "a password that another server checks",
    `
from utils.api import api_request
def login_view(request):
    data = api_request('POST', '/auth/login', body={'email': request.POST['email'], 'password': request.POST['password']})
    if data.get('ok'):
        request.session['user'] = data['user']
        return redirect('/')
    return render(request, 'login.html')
`,
  ],
  [
    "a refusal that comes first",
    `
from rest_framework.decorators import api_view
from rest_framework.response import Response
@api_view(['POST'])
def login(request):
    try:
        u = Student.objects.get(email=request.data['email'])
    except Student.DoesNotExist:
        return Response(status=404)
    if u.password != request.data['password']:
        return Response(status=401)
    request.session['student'] = u.id
    return Response({'ok': 1})
`,
  ],
  [
    "a code that a provider is asked about",
    `
import requests
def wx_callback(request):
    code = request.GET.get('code')
    resp = requests.get('https://api.weixin.qq.com/sns/jscode2session', params={'js_code': code})
    openid = resp.json()['openid']
    request.session['openid'] = openid
    return redirect('home')
`,
  ],
  [
    "what an ID token says",
    `
from google.oauth2 import id_token
def auth_receiver(request):
    user_data = id_token.verify_oauth2_token(request.POST['credential'], req, CLIENT)
    request.session['user_data'] = user_data
    return redirect('home')
`,
  ],
  [
    "a key of two letters",
    `
def log(request):
    d = Doctor.objects.filter(username=request.POST['u'], password=request.POST['p'])
    if d.exists():
        request.session['lid'] = d[0].id
        request.session['type'] = 'doctor'
        return redirect('/dochome')
    return redirect('/')
`,
  ],
  [
    "the name that a directory accepted",
    `
import ldap3
def login(request):
    conn = ldap3.Connection(server, user=request.POST['user'], password=request.POST['password'])
    if conn.bind():
        request.session['username'] = request.POST['user']
        return redirect('home')
`,
  ],
  [
    "the answer about a ticket",
    `
def cas_login(request):
    username = verify_ticket(request.GET['ticket'])
    if username:
        request.session['cas_user'] = username
        return redirect('home')
`,
  ],
  [
    "the subject of a token",
    `
import jwt
def sso(request):
    claims = jwt.decode(request.GET['t'], KEY, algorithms=['HS256'])
    request.session['sso_user'] = claims['sub']
    return redirect('home')
`,
  ],
];

const NO_LOGINS: readonly (readonly [string, string])[] = [
  [
    "something with a password that is named by its number",
    `
def open_gate(request):
    gate = Gate.objects.get(id=request.POST["gate"], password__isnull=False)
    if gate.password != request.POST["password"]:
        return redirect("gates")
    request.session["gate_seen"] = gate.title
`,
  ],
  [
    "something that a visitor who is logged in opens",
    `
@login_required
def open_gate(request):
    gate = Gate.objects.get(title=request.POST["title"])
    if gate.password == request.POST["password"]:
        request.session["gate_seen"] = gate.title
`,
  ],
  [
    "Django's login() by the way of its models",
    `
from django.contrib.auth.models import User, auth
def signin(request):
    user = auth.authenticate(username=request.POST['u'], password=request.POST['p'])
    if user is not None:
        auth.login(request, user)
        request.session['username'] = user.username
        return redirect('home')
`,
  ],
  [
    "a message after a change of password",
    `
def change_password(request):
    user = Account.objects.get(id=request.session['user_id'])
    if user.password == request.POST['old_password']:
        user.password = request.POST['new_password']
        user.save()
        request.session['message'] = 'changed'
    return redirect('profile')
`,
  ],
  [
    "the name that was refused",
    `
from django.contrib.auth import authenticate, login
def login_view(request):
    user = authenticate(request, username=request.POST['u'], password=request.POST['p'])
    if user is None:
        request.session['login_username'] = request.POST['u']
        return redirect('login')
    login(request, user)
    return redirect('home')
`,
  ],
  [
    "a record that staff selected",
    `
from django.contrib.auth.decorators import login_required
@login_required
def select_patient(request, pk):
    patient = Patient.objects.get(pk=pk)
    request.session['patient_id'] = patient.id
    return redirect('chart')
`,
  ],
  [
    "a captcha that was solved",
    `
def verify_captcha(request):
    if request.POST['captcha'] == request.session['captcha']:
        request.session['captcha_passed'] = True
        return JsonResponse({'ok': 1})
`,
  ],
  [
    "a page with a password of its own",
    `
def check_page_password(request, pk):
    page = Page.objects.get(pk=pk)
    if request.POST['password'] == page.password:
        request.session['page_access'] = page.id
        return redirect(page)
`,
  ],
  [
    "a room with a password of its own",
    `
def enter_room(request):
    room = Room.objects.filter(name=request.POST["name"], password=request.POST["password"]).first()
    if room:
        request.session["room"] = room.id
`,
  ],
  [
    "what is left when the login has returned",
    `
def signin(request):
    member = Member.objects.filter(name=request.POST["name"], password=request.POST["pw"]).first()
    if member:
        return enter(request, member)
    request.session["member_name"] = request.POST["name"]
`,
  ],
  [
    "the theme of the member",
    `
def signin(request):
    member = Member.objects.get(name=request.POST["name"])
    if member.password == request.POST["password"]:
        request.session["theme"] = member.theme
`,
  ],
  [
    "an order that a guest looks up",
    `
def track(request):
    order = Purchase.objects.get(number=request.POST["number"], email=request.POST["mail"])
    request.session["purchase"] = order.id
    return render(request, "track.html")
`,
  ],
];

describe("a login is known by what it does:", () => {
  it.each(LOGINS)("%s", (_, text) => {
    expect(unrotated(text)).not.toEqual([]);
  });
});

describe("nobody is logged in by", () => {
  it.each(NO_LOGINS)("%s", (_, text) => {
    expect(unrotated(text)).toEqual([]);
  });
});
