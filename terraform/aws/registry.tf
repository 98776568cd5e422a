resource "aws_ecr_repository" "serving" {
  # checkov:skip=CKV_AWS_136:kms_key_arn encrypts with a key of yours. The default is AES256.
  name                 = local.image_repository
  image_tag_mutability = "IMMUTABLE"
  tags                 = local.tags

  encryption_configuration {
    encryption_type = var.kms_key_arn == null ? "AES256" : "KMS"
    kms_key         = var.kms_key_arn
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

# Old images go, those that serve or served stay: deploy-endpoint tags them (deployed-...).
resource "aws_ecr_lifecycle_policy" "serving" {
  repository = aws_ecr_repository.serving.name
  policy     = file("${path.module}/policies/ecr-lifecycle.json")
}
