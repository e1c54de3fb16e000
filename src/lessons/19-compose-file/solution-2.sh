cat > shop/compose.yaml <<'YAML'
name: shop
services:
  web:
    image: nginx:1.28
    ports:
      - "8080:80"
      - "9090:80"
  mail:
    image: busybox:1.36
    command: ["sh", "-c", "sleep 9000"]
  cart:
    image: busybox:1.36
    command: sleep 9000
    volumes: ["data:/data"]
volumes:
  data:
YAML
cd shop
docker compose up -d web
docker compose up -d mail
cd ..
# wait: 10s
