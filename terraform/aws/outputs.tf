locals {
  settings = merge(
    {
      target             = "sagemaker"
      endpoint-name      = var.endpoint_name
      aws-region         = local.region
      aws-account-id     = local.account
      aws-role-arn       = aws_iam_role.job["release"].arn
      execution-role-arn = aws_iam_role.execution.arn
      destination        = "s3://${aws_s3_bucket.store.bucket}/${local.prefix}"
      repository         = aws_ecr_repository.serving.name
    },
    var.one_role ? {} : { for job in ["package", "image", "plan"] : "aws-${job}-role-arn" => aws_iam_role.job[job].arn },
    length(var.branches) == 1 ? { branch = var.branches[0] } : {},
    length(var.github_environments) == 1 ? { github-environment = var.github_environments[0] } : {},
    var.bootstrap == null ? {} : { adopt = true },
  )
}

output "ml_deploy_yml" {
  description = "The environment's block of ml-deploy.yml: terraform output -raw ml_deploy_yml"
  value       = yamlencode({ environments = { (var.environment) = local.settings } })
}

output "role_arns" {
  description = "The roles by what a job does: release, plan, package, image, rollback, smoke."
  value       = { for job, role in aws_iam_role.job : job => role.arn }
}

output "execution_role_arn" {
  description = "The role that SageMaker runs the model under."
  value       = aws_iam_role.execution.arn
}

output "artifact_store" {
  description = "Where archives, references and release records lie."
  value       = "s3://${aws_s3_bucket.store.bucket}/${local.prefix}"
}

output "image_repository_url" {
  description = "Where push-image pushes to."
  value       = aws_ecr_repository.serving.repository_url
}

output "alarm_names" {
  description = "The alarms, for `alarms` in ml-deploy.yml."
  value       = [aws_cloudwatch_metric_alarm.errors.alarm_name, aws_cloudwatch_metric_alarm.latency.alarm_name]
}

output "api_url" {
  description = "Where the function is called; null without lambda_api."
  value       = one(aws_apigatewayv2_api.lambda[*].api_endpoint)
}

output "lambda_role_arn" {
  description = "The role that the function runs under; null without lambda_api."
  value       = one(aws_iam_role.lambda[*].arn)
}
