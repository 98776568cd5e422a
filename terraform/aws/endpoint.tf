# Optional. Terraform makes the endpoint once; from then on ml-deploy changes which config it serves.
resource "aws_sagemaker_model" "first" {
  # checkov:skip=CKV_AWS_370:Isolation forbids containers that need a network. The first model is replaced by the first release.
  count = var.bootstrap == null ? 0 : 1

  name               = "${substr(var.endpoint_name, 0, 44)}-first"
  execution_role_arn = aws_iam_role.execution.arn
  tags               = local.tags

  primary_container {
    image          = var.bootstrap.image
    model_data_url = var.bootstrap.model_data_url
  }

  # It is a version that ml-deploy can roll back to. Another model is a release, not a change of this one.
  lifecycle {
    ignore_changes  = all
    prevent_destroy = true
  }
}

resource "aws_sagemaker_endpoint_configuration" "first" {
  # checkov:skip=CKV_AWS_98:Instances with local disks take no key. kms-key-id in ml-deploy.yml encrypts the volumes of what is released.
  count = var.bootstrap == null ? 0 : 1

  name = "${substr(var.endpoint_name, 0, 44)}-first"
  tags = local.tags

  production_variants {
    variant_name           = var.variant_name
    model_name             = aws_sagemaker_model.first[0].name
    instance_type          = var.bootstrap.instance_type
    initial_instance_count = var.bootstrap.instance_count
  }

  lifecycle {
    ignore_changes  = all
    prevent_destroy = true
  }
}

resource "aws_sagemaker_endpoint" "this" {
  count = var.bootstrap == null ? 0 : 1

  name                 = var.endpoint_name
  endpoint_config_name = aws_sagemaker_endpoint_configuration.first[0].name
  tags                 = local.tags

  # Not the tags: those of ml-deploy are ignored by the provider (ignore_tags), and the team's own stay Terraform's.
  lifecycle {
    ignore_changes = [endpoint_config_name, deployment_config]
  }

  depends_on = [aws_cloudwatch_log_group.endpoint]
}

locals {
  scaled = var.bootstrap != null && var.autoscaling != null
}

resource "aws_appautoscaling_target" "endpoint" {
  count = local.scaled ? 1 : 0

  service_namespace  = "sagemaker"
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  # By the resource: the endpoint has to be there first.
  resource_id  = "endpoint/${aws_sagemaker_endpoint.this[0].name}/variant/${var.variant_name}"
  min_capacity = var.autoscaling.min_capacity
  max_capacity = var.autoscaling.max_capacity
}

resource "aws_appautoscaling_policy" "endpoint" {
  count = local.scaled ? 1 : 0

  name               = "${local.name}-invocations"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.endpoint[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.endpoint[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.endpoint[0].resource_id

  target_tracking_scaling_policy_configuration {
    # Invocations a minute for each instance, not a share of its CPU.
    target_value       = var.autoscaling.invocations_per_instance
    scale_in_cooldown  = var.autoscaling.scale_in_cooldown
    scale_out_cooldown = var.autoscaling.scale_out_cooldown

    predefined_metric_specification {
      predefined_metric_type = "SageMakerVariantInvocationsPerInstance"
    }
  }
}
