# Built and checked on tags, not digests: replace the tag by `node:24-bookworm-slim@sha256:...` of
# your registry to pin the base image to its bytes.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.base.json ./
COPY grammars grammars
COPY src src
# What only people and compilers read, and the embedded GitHub, stays out of the image.
RUN npm run build && npm prune --omit=dev --ignore-scripts && rm -r dist/simulator && \
    find dist node_modules -type f -regex '.*\.\(map\|[cm]?ts\|tsbuildinfo\)' -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000
WORKDIR /app
COPY --from=build /app/package.json ./
COPY app.yml ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/grammars/python.json /app/grammars/tree-sitter-python.wasm grammars/
COPY --from=build /app/dist dist
# A number, so that Kubernetes can see that it is not root. Nothing is written: a read-only root
# file system and all capabilities dropped are fine.
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process: signals reach it, and SIGTERM finishes the running jobs.
# Another command takes its place: `docker run ... cyclekey doctor`.
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["serve"]
