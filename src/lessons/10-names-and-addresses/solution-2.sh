sh record.sh www.shop.test 10.0.0.2 10
# wait: 10s
sh record.sh www.shop.test 10.0.0.3 10
# wait: 10s
