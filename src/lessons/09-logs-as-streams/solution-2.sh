docker rename clerk old
docker stop -t 1 old
docker create --name clerk busybox:1.36 sh -c 'echo "order 18 is done" >&2; exec sleep 9000'
docker start clerk
# wait: 3s
