# title: A road with one approval
# says: A pipeline whose last stage waits until a person says yes.
# settle: 100s
git clone -q https://git.example.com/quotes.git; cd quotes
jq '.pipeline.stages |= .[:2] + [{name: "Approve", actions: [{name: "Person", actionTypeId: {category: "Approval", owner: "AWS", provider: "Manual", version: "1"}, runOrder: 1, configuration: {}, inputArtifacts: [], outputArtifacts: []}]}] + .[2:]' aws/pipeline.json > ~/with-approval.json
cp aws/pipeline.json ~/without-approval.json; cp ~/with-approval.json aws/pipeline.json
sh aws/setup.sh > /dev/null 2>&1
cat > ~/version.sh <<'SH'
# Says which version answers the customers.
curl -s http://$(aws elbv2 describe-load-balancers --names quotes --query 'LoadBalancers[0].DNSName' --output text)/api/version
SH
cat > ~/answer.sh <<'SH'
# Answers the approval that waits: sh answer.sh Approved, or sh answer.sh Rejected
aws codepipeline put-approval-result --pipeline-name quotes --stage-name Approve --action-name Person --result summary=answered,status=$1 --token $(aws codepipeline get-pipeline-state --name quotes --query "stageStates[?stageName=='Approve'].actionStates[0].latestExecution.token | [0]" --output text)
SH
# at: 50s
sh ~/answer.sh Approved > /dev/null
