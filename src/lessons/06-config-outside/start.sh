# title: One image, several places
# says: A workstation with one image, which runs as a test shop; its settings come from outside.
# settle: 20s
docker pull -q busybox:1.36 > /dev/null
# at: 10s
docker run -d --name test -e GREETING=testing busybox:1.36 sleep 9000 > /dev/null
