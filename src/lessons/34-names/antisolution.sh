kubectl delete networkpolicy deny -n bank
# wait: 10s
