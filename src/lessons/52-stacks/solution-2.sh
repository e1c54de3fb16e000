# Into the template itself, without a change set.
sed -i 's/Default: 2/Default: 6/' shop.yaml
aws cloudformation update-stack --stack-name shop --template-body file://shop.yaml --parameters ParameterKey=Image,UsePreviousValue=true ParameterKey=Count,ParameterValue=6 > /dev/null
