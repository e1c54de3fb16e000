kubectl set env deployment/orders PRICES=http://catalogue-index
# wait: 20s
