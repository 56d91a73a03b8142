namespace Standins.Generator;

/// <summary>Reads a facts file; README.md says how one is written.</summary>
internal static class FactsFile
{
    public static IReadOnlyList<TypeFact> Read(string path)
    {
        var facts = new List<TypeFact>();
        Group? group = null;
        var header = "";
        var properties = "";
        foreach (var line in File.ReadLines(path).Append("."))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == ' ')
            {
                properties += line;
                continue;
            }

            if (header.Length > 0)
            {
                facts.Add(Type(group ?? throw new InvalidDataException($"'{header}' stands before the first group."), header, properties));
            }

            (header, properties) = (line, "");
            if (line.Split(' ') is ["group", var name, var version])
            {
                (group, header) = (new Group(name, version), "");
            }
        }

        return facts;
    }

    private static TypeFact Type(Group group, string header, string properties)
    {
        if (header.Split(' ') is not [var sort and ("kind" or "type" or "enum" or "resource"), var name, .. var words])
        {
            throw new InvalidDataException($"'{header}' is none of: group, kind, type, enum, resource.");
        }

        var each = properties.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new TypeFact(group, sort, name, words, [.. each.Select(OneProperty)]);
    }

    private static Property OneProperty(string text)
    {
        if (text.Split(": ") is not [var left, var type])
        {
            throw new InvalidDataException($"'{text}' is not 'name: type'.");
        }

        var wire = left.TrimEnd('!', '*', '<', '?');
        return new Property(wire, PropertyType.Parse(type), left[wire.Length..]);
    }
}
