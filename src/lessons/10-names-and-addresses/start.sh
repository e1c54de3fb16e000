# title: A name and an address
# says: A zone of Route 53 with one name in it, and a machine that asks for it.
# settle: 100s
aws route53 create-hosted-zone --name shop.test --caller-reference one > /dev/null
cat > record.sh <<'END'
aws route53 change-resource-record-sets --hosted-zone-id $(aws route53 list-hosted-zones --query 'HostedZones[0].Id' --output text) --change-batch "{\"Changes\":[{\"Action\":\"UPSERT\",\"ResourceRecordSet\":{\"Name\":\"$1\",\"Type\":\"A\",\"TTL\":$3,\"ResourceRecords\":[{\"Value\":\"$2\"}]}}]}" --query ChangeInfo.Status --output text
END
sh record.sh www.shop.test 10.0.0.1 120
