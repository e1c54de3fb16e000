docker rename web old
docker stop old
docker create --name web -p 9090:80 nginx:1.27
docker network connect inner web
docker start web
# wait: 6s
