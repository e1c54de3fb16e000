kubectl set env deployment/orders PRICES=http://catalogue
# wait: 20s
