# title: One pod, and a rule
# says: One pod of a shop, customers, and an autoscaler that may run up to eight.
# settle: 110s
lab cluster up --nodes 3
lab image add shop/web:1 --cpu-per-request 4ms
# at: 30s
cat > web.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: shop/web:1
        ports: [{ containerPort: 8080 }]
        resources: { requests: { cpu: 200m } }
YAML
kubectl apply -f web.yaml
kubectl expose deployment web --type=LoadBalancer
kubectl autoscale deployment web --cpu=50% --min=1 --max=8
# at: 50s
lab traffic start customers --to service/web --rate 20
