# Only this taint, and in the file.
sed -i 's/^      containers:/      tolerations: [{ key: work, value: heavy, effect: NoSchedule }]\n      containers:/' logs.yaml
kubectl apply -f logs.yaml
kubectl rollout status daemonset/logs
