# title: Three nodes, one set apart
# says: A shop on three nodes; one of them is soon to be kept for batch work.
# settle: 60s
lab cluster up --nodes 3
# at: 30s
kubectl create deployment web --image=nginx:1.27 --replicas=3
cat > batch.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: batch }
spec:
  replicas: 3
  selector: { matchLabels: { app: batch } }
  template:
    metadata: { labels: { app: batch } }
    spec:
      tolerations: [{ key: dedicated, operator: Exists }]
      containers: [{ name: batch, image: "nginx:1.27" }]
YAML
cat > apart.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: apart }
spec:
  replicas: 3
  selector: { matchLabels: { app: apart } }
  template:
    metadata: { labels: { app: apart } }
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
          - { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: apart } } }
      containers: [{ name: apart, image: "nginx:1.27" }]
YAML
