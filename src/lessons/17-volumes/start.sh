# title: Something to lose
# says: A guest book in a container, which writes its entries to a file.
# settle: 20s
docker pull -q busybox:1.36 > /dev/null
# at: 10s
docker run -d --name guests busybox:1.36 sleep 9000 > /dev/null
docker exec guests sh -c 'mkdir /book; echo Ada > /book/names; echo Grace >> /book/names'
