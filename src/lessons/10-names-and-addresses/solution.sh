sh record.sh www.shop.test 10.0.0.3 30
# wait: 10s
