# Stop and start it, and hope that EXPOSE is enough.
docker restart web
curl -s http://localhost:9090/
# wait: 5s
