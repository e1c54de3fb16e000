# title: How a program ends
# says: A workstation with Docker, and three containers that end in different ways.
# settle: 25s
docker pull -q busybox:1.36 > /dev/null
docker pull -q nginx:1.27 > /dev/null
