"""What the services of one module share."""

from __future__ import annotations

from functools import cached_property

from generator.aws.attributes import AS_EVER, ReadAttributes, attributes_in
from generator.catalogue import elsewhere
from generator.catalogue.chosen_names import NamesOfAModule, chosen
from generator.catalogue.cluster import CLUSTER, Cluster, ClusterInUse, cluster_in_use
from generator.catalogue.file_names import FileNames, FileNamesType
from generator.catalogue.image_references import ImageTag, RepositoryName
from generator.catalogue.names import ModuleNames
from generator.catalogue.partition import AUTO, COMMERCIAL, PARTITIONS, partition_text
from generator.catalogue.paths import FolderBelow
from generator.catalogue.preset import HOUSE, PRESETS
from generator.catalogue.requires import USUAL_TERRAFORM, Requires
from generator.catalogue.tags import TAGS
from generator.catalogue.words import SECURITY_GROUP_ID, SUBNET_ID
from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.module_declarations import NOTHING_DECLARED, ModuleDeclarations
from generator.hcl.version_constraints import allowed_versions_or_none
from generator.settings.parts import MappingOf, Part, PartOf, TextList, setting
from generator.settings.values import Choice, Identifier, Key, OneOf, OrExpression, Text, Word


class Module(Part):
    """Where the module is, and what the root module calls it."""

    path: str = setting(FolderBelow(), "Folder of the module, relative to the catalogue's own.")
    address: str = setting(
        Word(
            rf"root|module\.{IDENTIFIER}(\.module\.{IDENTIFIER})*",
            "write `module.` and the name of the call, or `root` where no other module calls it",
        ),
        "Address of the module, for printed commands and plans: `root` where it is the root module itself.",
    )
    files: FileNames = setting(FileNamesType(), "What the generated files are called.", default=FileNames())


class Image(Part):
    """A container image, and the repository that it is in."""

    elsewhere = elsewhere.OF_AN_IMAGE

    repository: str = setting(
        RepositoryName(), "Name of the ECR repository, or an expression for the URL of one that exists."
    )
    tag: str = setting(ImageTag(), "Tag of the image that the services run.")

    @property
    def makes_repository(self) -> bool:
        return "${" not in self.repository

    def url(self, key: str) -> str:
        """Return the URL of its repository, as catalogue text, given its key in `images`."""
        return f"${{aws_ecr_repository.{key}.repository_url}}" if self.makes_repository else self.repository


class Network(Part):
    """Where the tasks run, unless a service says otherwise."""

    elsewhere = elsewhere.OF_A_NETWORK

    subnets: tuple[str, ...] | str = setting(TextList(1, SUBNET_ID), "Subnets of the tasks.")
    security_groups: tuple[str, ...] | str = setting(TextList(0, SECURITY_GROUP_ID), "Security groups of the tasks.")
    vpc: str | None = setting(
        Text(), "VPC of the subnets: its id, for what is made in it.", default=None, examples=("${var.vpc_id}",)
    )


class Shared(Part):
    """Everything in a catalogue that does not belong to one service alone."""

    elsewhere = elsewhere.OF_A_CATALOGUE

    version: int = setting(OneOf((1,), "a version of the format that this tfgen reads"), "Version of this format.")
    project: str = setting(Key(), "Prefix of every name in AWS.")
    partition: str = setting(
        Choice(*PARTITIONS, AUTO),
        "Partition of AWS that ARNs are of; `auto` for that of the account.",
        default=COMMERCIAL,
    )
    preset: str = setting(
        Choice(*PRESETS),
        "What there is where nothing is written: `house` for all that a service usually has, `bare` for the provider's "
        "defaults.",
        default=HOUSE,
    )
    requires: Requires = setting(
        PartOf(Requires), "Versions of Terraform and of the AWS provider that are allowed.", default=Requires()
    )
    module: Module = setting(PartOf(Module), "The Terraform module that the services make up.")
    tags: dict[str, str] | str = setting(OrExpression(TAGS), "Tags of every resource.", default={})
    images: dict[str, Image] = setting(
        MappingOf(Identifier(), PartOf(Image)), "Container images by Terraform name.", default={}
    )
    cluster: str | bool | Cluster | None = setting(
        CLUSTER,
        "The cluster: the name or ARN of one that exists, or a mapping with its `arn`; another mapping says what the "
        "one that the module makes is like.",
        default=None,
        examples=("main", "${aws_ecs_cluster.main.arn}"),
        bare=False,
    )
    network: Network | None = setting(PartOf(Network), "Subnets and security groups of the tasks.", bare=None)
    chosen_names: NamesOfAModule = setting(
        PartOf(NamesOfAModule),
        "Names in AWS in place of those of the convention: of what services share, and, with `${tfgen.service}` in "
        "them, of what each service has.",
        default=NamesOfAModule(),
        key="names",
    )

    @property
    def names(self) -> ModuleNames:
        cluster = self.cluster.name if isinstance(self.cluster, Cluster) else None
        partition = partition_text(self.partition)
        attributes, names = self._read_attributes, chosen(self.chosen_names)
        return ModuleNames(
            self.project, partition, cluster, attributes, names, self.makes_cluster, self.has_common_tags
        )

    @property
    def declared(self) -> ModuleDeclarations:
        """What the hand-written files of the module's folder declare, which is not rendered again."""
        declared: ModuleDeclarations = vars(self).get("_declared", NOTHING_DECLARED)
        return declared

    @property
    def _read_attributes(self) -> ReadAttributes:
        if self.requires.allowed_aws:
            return attributes_in(self.requires.allowed_aws)
        allowed = allowed_versions_or_none(self.declared.aws)
        return AS_EVER._replace(arn_of_service=attributes_in(allowed).arn_of_service) if allowed else AS_EVER

    @property
    def makes_cluster(self) -> bool:
        return self.cluster is None or (isinstance(self.cluster, Cluster) and not self.cluster.arn)

    @property
    def container_insights(self) -> str | None:
        """What the cluster that the module makes has of it."""
        return self.cluster.container_insights if isinstance(self.cluster, Cluster) else "enabled"

    @cached_property
    def cluster_in_use(self) -> ClusterInUse:
        """How blocks name the cluster."""
        return cluster_in_use(self.cluster, self.names)

    @property
    def has_outputs(self) -> bool:
        return self.module.files.outputs is not False

    @property
    def has_own_partition(self) -> bool:
        """Whether ARNs are of the partition of whichever account the module is applied to."""
        return self.partition == AUTO

    @property
    def required_version(self) -> str | None:
        """The versions of Terraform that the module allows, where no other file says so."""
        usual = None if self.is_bare else USUAL_TERRAFORM
        return None if self.declared.required_version else self.requires.terraform or usual

    @property
    def required_aws(self) -> str | None:
        """The versions of the AWS provider that the module allows, where no other file says which providers it has."""
        return None if self.declared.providers_in else self.requires.aws

    @property
    def vpc(self) -> str | None:
        """The VPC of the tasks, where the catalogue says it."""
        return self.network.vpc if self.network else None

    @property
    def has_common_tags(self) -> bool:
        """Whether there is a local value with the tags that all resources have."""
        return not self.is_bare or bool(self.tags)

    @property
    def has_locals(self) -> bool:
        return self.has_common_tags or bool(self.images)

    @property
    def requires_versions(self) -> bool:
        return bool(self.required_version or self.required_aws)

    @property
    def reads_partition(self) -> bool:
        return self.has_own_partition and not self.declared.has("data.aws_partition.current")
