# title: Behind a door
# says: A web server in a container on a network of its own. Nobody outside can reach it yet.
# settle: 20s
docker pull -q nginx:1.27 > /dev/null
docker pull -q alpine:3.20 > /dev/null
docker network create inner > /dev/null
# at: 15s
docker run -d --name web --network inner nginx:1.27 > /dev/null
