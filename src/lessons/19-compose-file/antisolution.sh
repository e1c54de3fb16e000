docker run -d --name mail -p 9090:80 nginx:1.28
# wait: 10s
