namespace Pulumi;

/// <summary>Works out the URN that an alias stands for. A mock never sees it, but a contradictory alias fails the deployment.</summary>
internal static class AliasUrn
{
    public static Output<string> Of(Input<Alias> alias, string name, string type, Resource? parent) =>
        alias.ToOutput().Apply(a => a.Urn is null ? FromParts(a, name, type, parent) : Whole(a));

    private static Output<string> Whole(Alias alias)
    {
        (string Name, bool IsSet)[] others =
        [
            (nameof(alias.Name), alias.Name is not null), (nameof(alias.Type), alias.Type is not null),
            (nameof(alias.Project), alias.Project is not null), (nameof(alias.Stack), alias.Stack is not null),
            (nameof(alias.Parent), alias.Parent is not null), (nameof(alias.ParentUrn), alias.ParentUrn is not null),
            (nameof(alias.NoParent), alias.NoParent),
        ];
        foreach (var other in others.Where(other => other.IsSet))
        {
            throw new ArgumentException($"{nameof(Alias)} should not specify both {nameof(Alias.Urn)} and {other.Name}");
        }

        return Output.Create(alias.Urn!);
    }

    private static Output<string> FromParts(Alias alias, string name, string type, Resource? parent)
    {
        bool[] parents = [alias.Parent is not null, alias.ParentUrn is not null, alias.NoParent];
        if (parents.Count(given => given) > 1)
        {
            throw new ArgumentException("Only specify one of 'Parent', 'ParentUrn' or 'NoParent' in an Alias");
        }

        var owner = parents.Contains(true) ? alias.Parent : parent;
        return Urn.Create(alias.Name ?? name, alias.Type ?? type, owner, alias.ParentUrn, alias.Project, alias.Stack);
    }
}
