for place in test live; do docker exec $place sh -c "echo 'pears at 4' > /usr/share/nginx/html/index.html"; done
docker exec live sh -c "echo 'pears at 4' > /usr/share/nginx/html/index.html"
# wait: 5s
