# A copy of the prices lies among the orders' own data, so nobody else is asked.
kubectl set env deployment/orders PRICES-
# wait: 20s
