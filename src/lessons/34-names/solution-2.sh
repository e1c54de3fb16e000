kubectl label namespace shop guest=yes
kubectl patch networkpolicy deny -n bank -p '{"spec":{"ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"guest":"yes"}}}]}]}}'
# wait: 10s
