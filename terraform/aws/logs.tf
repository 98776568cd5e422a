# Made before the endpoint: SageMaker would make it without an end of its logs.
resource "aws_cloudwatch_log_group" "endpoint" {
  # checkov:skip=CKV_AWS_158:kms_key_arn encrypts with a key of yours.
  name              = "/aws/sagemaker/Endpoints/${var.endpoint_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = local.tags
}
