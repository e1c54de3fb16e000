sed -i -e 's/ports: \["8080:80"\]/ports: ["8080:80", "9090:80"]/' -e 's/^  cart:/  mail:\n    image: busybox:1.36\n    command: sleep 9000\n  cart:/' shop/compose.yaml
docker compose -f shop/compose.yaml up -d
# wait: 10s
