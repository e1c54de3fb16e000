docker rm -f web
docker run -d --name web --network inner -p 80:9090 nginx:1.27
# wait: 6s
