kubectl patch deployment catalogue -p '{"spec":{"replicas":3}}'
kubectl set image deployment/cart cart=shop/cart:1
kubectl rollout status deployment/cart
# wait: 60s
