# title: Two teams, one name
# says: Two namespaces, each with a Service called api, and a pod from which to ask.
# settle: 80s
lab cluster up --nodes 2
lab image add team/shop:1 --says shop
lab image add team/bank:1 --says bank
# at: 30s
kubectl create namespace shop
kubectl create namespace bank
for team in shop bank; do kubectl create deployment api -n $team --image=team/$team:1 --port=8080; kubectl expose deployment api -n $team --port=80 --target-port=8080; done
kubectl run asker -n shop --image=busybox:1.36 -- sleep 1000000
cat > deny.yaml <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: bank }
spec:
  podSelector: {}
  policyTypes: [Ingress]
YAML
cat > allow.yaml <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: bank }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
  - from:
    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: NAMESPACE } }
YAML
# at: 60s
kubectl run stranger --image=busybox:1.36 -- sleep 1000000
