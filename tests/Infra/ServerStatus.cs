namespace Tests.Infra;

/// <summary>What a server says of itself and of its replication, in the words of its profile; a sound replica unless a test says otherwise.</summary>
internal static class ServerStatus
{
    private static readonly (string Name, string Value)[] Sound =
    [
        ("server_id", "101"),
        ("read_only", "1"),
        ("super_read_only", "1"),
        ("Source_Host", "mysql-0.mysql"),
        ("Source_Log_File", "mysql-bin.000003"),
        ("Read_Source_Log_Pos", "154"),
        ("Relay_Source_Log_File", "mysql-bin.000003"),
        ("Exec_Source_Log_Pos", "154"),
        ("Replica_IO_Running", "Yes"),
        ("Replica_SQL_Running", "Yes"),
        ("Seconds_Behind_Source", "0"),
        ("Last_IO_Errno", "0"),
        ("Last_IO_Error", ""),
        ("Last_SQL_Errno", "0"),
        ("Last_SQL_Error", ""),
        ("Replica_SQL_Running_State", ""),
        ("Retrieved_Gtid_Set", ""),
    ];

    /// <summary>A replica's answer.</summary>
    /// <param name="profile">Whose words it uses.</param>
    /// <param name="differences">What differs, as <c>name=value</c> with a bar between.</param>
    public static string Replica(string profile, string differences = "")
    {
        var other = differences.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return string.Join('\n', Sound.Select(one => $"{InWordsOf(profile, one.Name)}: {other.GetValueOrDefault(one.Name, one.Value)}"));
    }

    /// <summary>The answer of a server that follows nobody.</summary>
    public static string Alone(int id, bool readOnly)
    {
        var flag = readOnly ? 1 : 0;
        return $"server_id: {id}\nread_only: {flag}\nsuper_read_only: {flag}";
    }

    private static string InWordsOf(string profile, string name) => profile == "mysql-5.7"
        ? name.Replace("Source", "Master", StringComparison.Ordinal).Replace("Replica", "Slave", StringComparison.Ordinal)
        : name;
}
