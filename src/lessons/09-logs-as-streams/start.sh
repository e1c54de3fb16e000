# title: What a program says
# says: A web server in a container, which says what it does.
# settle: 25s
docker pull -q nginx:1.27 > /dev/null
docker pull -q busybox:1.36 > /dev/null
# at: 12s
docker run -d --name web -p 8080:80 nginx:1.27 > /dev/null
# at: 18s
curl -s -o /dev/null http://localhost:8080/
