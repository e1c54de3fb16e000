# title: Three in one file
# says: A compose file for a web server, a store and a volume, not yet brought up.
# settle: 25s
docker pull -q nginx:1.27 > /dev/null
docker pull -q busybox:1.36 > /dev/null
mkdir shop
cat > shop/compose.yaml <<'YAML'
name: shop
services:
  web:
    image: nginx:1.27
    ports: ["8080:80"]
  cart:
    image: busybox:1.36
    command: sleep 9000
    volumes: ["data:/data"]
volumes:
  data:
YAML
