docker rm -f web
docker run -d --name web --network inner -p 9090:80 nginx:1.27
# wait: 6s
