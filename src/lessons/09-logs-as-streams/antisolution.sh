docker exec clerk sh -c 'mkdir -p /var/log; echo "order 18 is done" >> /var/log/clerk.log'
docker exec clerk cat /var/log/clerk.log
# wait: 3s
