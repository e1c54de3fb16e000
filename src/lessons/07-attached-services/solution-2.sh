docker rename store-b plums
docker network disconnect shop store-a
docker network connect --alias store-b shop store-a
docker network disconnect shop plums
# wait: 4s
