# syntax=docker/dockerfile:1
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY nest-cli.json tsconfig*.json ./
COPY src src
RUN npx nest build && (test ! -f tsconfig.client.json || npx tsc -p tsconfig.client.json)
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libreoffice-writer libreoffice-calc libreoffice-impress \
      fonts-liberation tesseract-ocr tesseract-ocr-dan util-linux tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY templates templates
COPY models models
# Keys and the vault are mounted; the program writes nowhere else.
RUN install -d -o node -g node -m 0700 /var/lib/aktindsigt /var/lib/aktindsigt/vault /var/lib/aktindsigt/tmp
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 \
    VAULT_FOLDER=/var/lib/aktindsigt/vault TEMPORARY_FOLDER=/var/lib/aktindsigt/tmp
EXPOSE 8080
ENTRYPOINT ["tini", "--", "node", "dist/main.js"]
CMD ["all"]
