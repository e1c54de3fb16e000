sed -i s/NAMESPACE/shop/ allow.yaml
kubectl apply -f allow.yaml
# wait: 10s
