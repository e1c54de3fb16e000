# title: Two pods, two questions
# says: The same program twice; one is asked whether it is ready, the other whether it is alive.
# settle: 60s
lab cluster up --nodes 2
lab image add shop/web:1
lab image add shop/slow:1 --start 45s
# at: 30s
cat > pods.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: asked-ready, labels: { app: asked-ready } }
spec:
  containers:
  - name: web
    image: shop/web:1
    readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 5, failureThreshold: 1 }
---
apiVersion: v1
kind: Pod
metadata: { name: asked-alive, labels: { app: asked-alive } }
spec:
  containers:
  - name: web
    image: shop/web:1
    livenessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 5 }
YAML
kubectl apply -f pods.yaml
kubectl expose pod asked-ready --port=8080 --type=LoadBalancer
kubectl expose pod asked-alive --port=8080 --type=LoadBalancer
