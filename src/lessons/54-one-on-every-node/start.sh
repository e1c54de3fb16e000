# title: Three nodes and a collector
# says: A DaemonSet that gathers logs on each of three nodes.
# settle: 65s
lab cluster up --nodes 3
cat > logs.yaml <<'Y'
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: logs
spec:
  selector:
    matchLabels: { app: logs }
  template:
    metadata:
      labels: { app: logs }
    spec:
      containers:
        - name: logs
          image: busybox:1.36
          command: [sleep, "100000"]
Y
# at: 40s
kubectl apply -f logs.yaml
