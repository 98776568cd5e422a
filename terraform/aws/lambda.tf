# Optional: what stands around a function that ml-deploy releases. The API calls the alias, which ml-deploy moves from version
# to version.
locals {
  lambda       = var.lambda_api
  function_arn = local.lambda == null ? "" : "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${local.lambda.function_name}"
}

data "aws_iam_policy_document" "lambda_trust" {
  count = local.lambda == null ? 0 : 1

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "lambda" {
  count = local.lambda == null ? 0 : 1

  name               = "${substr(local.name, 0, 54)}-function"
  description        = "Lambda runs ${local.lambda.function_name} under this role"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust[0].json
  tags               = local.tags
}

resource "aws_iam_role_policy" "lambda" {
  count = local.lambda == null ? 0 : 1

  name = "logs"
  role = aws_iam_role.lambda[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Logs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.lambda[0].arn}:*"
    }]
  })
}

resource "aws_cloudwatch_log_group" "lambda" {
  # checkov:skip=CKV_AWS_158:kms_key_arn encrypts with a key of yours.
  count = local.lambda == null ? 0 : 1

  name              = "/aws/lambda/${local.lambda.function_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = local.tags
}

resource "aws_cloudwatch_log_group" "api" {
  # checkov:skip=CKV_AWS_158:kms_key_arn encrypts with a key of yours.
  count = local.lambda == null ? 0 : 1

  name              = "/aws/apigateway/${local.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = local.tags
}

resource "aws_apigatewayv2_api" "lambda" {
  count = local.lambda == null ? 0 : 1

  name          = local.name
  protocol_type = "HTTP"
  tags          = local.tags
}

# A role instead of a permission on the function: it can be made before there is a function.
resource "aws_iam_role" "api" {
  count = local.lambda == null ? 0 : 1

  name        = "${substr(local.name, 0, 54)}-api"
  description = "The HTTP API calls ${local.lambda.function_name} under this role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "apigateway.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
  tags = local.tags
}

resource "aws_iam_role_policy" "api" {
  count = local.lambda == null ? 0 : 1

  name = "invoke"
  role = aws_iam_role.api[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "InvokeAlias"
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = "${local.function_arn}:${local.lambda.alias}"
    }]
  })
}

resource "aws_apigatewayv2_integration" "lambda" {
  count = local.lambda == null ? 0 : 1

  api_id                 = aws_apigatewayv2_api.lambda[0].id
  integration_type       = "AWS_PROXY"
  integration_uri        = "${local.function_arn}:${local.lambda.alias}"
  credentials_arn        = aws_iam_role.api[0].arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "lambda" {
  count = local.lambda == null ? 0 : 1

  api_id    = aws_apigatewayv2_api.lambda[0].id
  route_key = local.lambda.route
  target    = "integrations/${aws_apigatewayv2_integration.lambda[0].id}"
  # Whoever calls has to sign. An API that everybody may call is a choice to be made on purpose.
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_stage" "lambda" {
  count = local.lambda == null ? 0 : 1

  api_id      = aws_apigatewayv2_api.lambda[0].id
  name        = "$default"
  auto_deploy = true
  tags        = local.tags

  default_route_settings {
    throttling_burst_limit = local.lambda.burst
    throttling_rate_limit  = local.lambda.rate
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api[0].arn
    format          = jsonencode({ requestId = "$context.requestId", status = "$context.status", latency = "$context.responseLatency" })
  }
}
