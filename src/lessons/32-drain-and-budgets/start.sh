# title: A node is to be emptied
# says: A shop of three on three nodes with a disruption budget, and a node that needs a new kernel.
# settle: 75s
lab cluster up --nodes 3
# at: 30s
cat > web.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: nginx:1.27
        ports: [{ containerPort: 80 }]
        readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 5 }
YAML
kubectl apply -f web.yaml
kubectl expose deployment web --type=LoadBalancer
kubectl create poddisruptionbudget web --selector=app=web --min-available=3
# at: 60s
lab traffic start customers --to service/web --rate 20
