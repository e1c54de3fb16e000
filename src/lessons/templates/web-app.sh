# title: Web app on Kubernetes
# says: A Deployment of three with probes and requests behind a Service, in a cluster of three nodes, and shoppers who call it.
# draws: client Shoppers > service Service > pod Pod, pod Pod, pod Pod
kubectl get nodes > /dev/null 2>&1 || lab cluster up --nodes 3 --zones 2
cat > ~/storefront.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront
  labels:
    app: storefront
spec:
  replicas: 3
  selector:
    matchLabels:
      app: storefront
  template:
    metadata:
      labels:
        app: storefront
    spec:
      containers:
      - name: web
        image: nginx:1.27
        ports:
        - containerPort: 80
        readinessProbe:
          httpGet:
            path: /
            port: 80
          periodSeconds: 5
        resources:
          requests:
            cpu: 200m
            memory: 128Mi
---
apiVersion: v1
kind: Service
metadata:
  name: storefront
spec:
  type: LoadBalancer
  selector:
    app: storefront
  ports:
  - port: 80
YAML
kubectl apply -f ~/storefront.yaml
kubectl rollout status deployment/storefront --timeout=3m
lab traffic start shoppers --to service/storefront --rate 30
