docker run -d --name web-4 nginx:1.27
docker run -d --name web-5 nginx:1.27
# wait: 10s
